package io.migrator.config.read;

import io.migrator.config.OutsideKeys;
import io.migrator.config.outside.MetricsConfig;
import io.migrator.config.outside.NotifyConfig;
import io.migrator.config.outside.OutsideConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Builds the records about what is told outside, from checked values; the keys are the same in both forms. */
final class OutsideAssembly {
    private OutsideAssembly() {}

    static OutsideConfig of(ConfigValues values) {
        return new OutsideConfig(
                new OutsideConfig.RecordsKept(values.number(OutsideKeys.KEEP), values.number(OutsideKeys.KEEP_DAYS)),
                metrics(values),
                notify(values),
                new OutsideConfig.HooksConfig(
                        values.text(OutsideKeys.BEFORE),
                        values.text(OutsideKeys.AFTER),
                        seconds(values, OutsideKeys.HOOK_TIMEOUT)),
                values.text(OutsideKeys.REPORT));
    }

    private static MetricsConfig metrics(ConfigValues values) {
        return new MetricsConfig(
                values.text(OutsideKeys.TEXTFILE),
                values.text(OutsideKeys.GATEWAY_URL).replaceAll("/+$", ""),
                values.text(OutsideKeys.GATEWAY_USER),
                values.secret(OutsideKeys.GATEWAY_PASSWORD),
                values.secret(OutsideKeys.GATEWAY_TOKEN),
                labels(values.text(OutsideKeys.LABELS)),
                seconds(values, OutsideKeys.INTERVAL),
                seconds(values, OutsideKeys.TIMEOUT),
                values.text(OutsideKeys.METRICS_CA));
    }

    private static NotifyConfig notify(ConfigValues values) {
        return new NotifyConfig(
                values.secret(OutsideKeys.PING),
                values.secret(OutsideKeys.WEBHOOK),
                NotifyConfig.Form.valueOf(upper(values, OutsideKeys.WEBHOOK_FORMAT)),
                NotifyConfig.When.valueOf(upper(values, OutsideKeys.WEBHOOK_ON)),
                values.secret(OutsideKeys.WEBHOOK_HEADER),
                values.secret(OutsideKeys.WEBHOOK_HMAC),
                values.text(OutsideKeys.NOTIFY_CA));
    }

    /** {@code a=b,c=d}. */
    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            labels.put(pair.substring(0, equals).strip(), pair.substring(equals + 1));
        }
        return labels;
    }

    private static Duration seconds(ConfigValues values, String key) {
        return Duration.ofSeconds(values.number(key));
    }

    private static String upper(ConfigValues values, String key) {
        return values.text(key).toUpperCase(Locale.ROOT);
    }
}
