package io.migrator.config;

import static io.migrator.config.ConfigKey.key;

import java.util.List;

/** The keys about what is told outside of a run: records, metrics, notifications, hooks, reports. All are our own, the same in both forms. */
public final class OutsideKeys {
    public static final String KEEP = "runs.keep";
    public static final String KEEP_DAYS = "runs.keepDays";
    public static final String TEXTFILE = "metrics.textfile";
    public static final String GATEWAY_URL = "metrics.pushgateway.url";
    public static final String GATEWAY_USER = "metrics.pushgateway.user";
    public static final String GATEWAY_PASSWORD = "metrics.pushgateway.password";
    public static final String GATEWAY_TOKEN = "metrics.pushgateway.token";
    public static final String LABELS = "metrics.labels";
    public static final String INTERVAL = "metrics.interval";
    public static final String TIMEOUT = "metrics.timeout";
    public static final String METRICS_CA = "metrics.caCertPath";
    public static final String PING = "notify.ping.url";
    public static final String WEBHOOK = "notify.webhook.url";
    public static final String WEBHOOK_FORMAT = "notify.webhook.format";
    public static final String WEBHOOK_ON = "notify.webhook.on";
    public static final String WEBHOOK_HEADER = "notify.webhook.header";
    public static final String WEBHOOK_HMAC = "notify.webhook.hmacKey";
    public static final String NOTIFY_CA = "notify.caCertPath";
    public static final String BEFORE = "hooks.before";
    public static final String AFTER = "hooks.after";
    public static final String HOOK_TIMEOUT = "hooks.timeout";
    public static final String REPORT = "report.html";

    public static final List<ConfigKey> ALL = List.of(
            key(KEEP, ValueKind.COUNT, "200").env("MIGRATOR_RUNS_KEEP"),
            key(KEEP_DAYS, ValueKind.COUNT, "90").env("MIGRATOR_RUNS_KEEP_DAYS"),
            key(TEXTFILE, ValueKind.PATH, "").env("MIGRATOR_METRICS_TEXTFILE"),
            key(GATEWAY_URL, ValueKind.URL, "").env("MIGRATOR_METRICS_PUSHGATEWAY_URL"),
            key(GATEWAY_USER, ValueKind.TEXT, "").env("MIGRATOR_METRICS_PUSHGATEWAY_USER"),
            key(GATEWAY_PASSWORD, ValueKind.TEXT, "")
                    .env("MIGRATOR_METRICS_PUSHGATEWAY_PASSWORD")
                    .asSecret(),
            key(GATEWAY_TOKEN, ValueKind.HEADER, "")
                    .env("MIGRATOR_METRICS_PUSHGATEWAY_TOKEN")
                    .asSecret(),
            key(LABELS, ValueKind.LABELS, "").env("MIGRATOR_METRICS_LABELS"),
            key(INTERVAL, ValueKind.LIMIT, "0").env("MIGRATOR_METRICS_INTERVAL"),
            key(TIMEOUT, ValueKind.COUNT, "5").env("MIGRATOR_METRICS_TIMEOUT"),
            key(METRICS_CA, ValueKind.PATH, "").env("MIGRATOR_METRICS_CA_CERT_PATH"),
            // Whoever knows the address may report runs that never were.
            key(PING, ValueKind.WEB_ADDRESS, "").env("MIGRATOR_NOTIFY_PING_URL").asSecret(),
            key(WEBHOOK, ValueKind.WEB_ADDRESS, "")
                    .env("MIGRATOR_NOTIFY_WEBHOOK_URL")
                    .asSecret(),
            key(WEBHOOK_FORMAT, ValueKind.WEBHOOK_FORM, "json").env("MIGRATOR_NOTIFY_WEBHOOK_FORMAT"),
            key(WEBHOOK_ON, ValueKind.WEBHOOK_WHEN, "failure").env("MIGRATOR_NOTIFY_WEBHOOK_ON"),
            key(WEBHOOK_HEADER, ValueKind.HEADER_LINE, "")
                    .env("MIGRATOR_NOTIFY_WEBHOOK_HEADER")
                    .asSecret(),
            key(WEBHOOK_HMAC, ValueKind.TEXT, "")
                    .env("MIGRATOR_NOTIFY_WEBHOOK_HMAC_KEY")
                    .asSecret(),
            key(NOTIFY_CA, ValueKind.PATH, "").env("MIGRATOR_NOTIFY_CA_CERT_PATH"),
            key(BEFORE, ValueKind.COMMAND, "").env("MIGRATOR_HOOKS_BEFORE"),
            key(AFTER, ValueKind.COMMAND, "").env("MIGRATOR_HOOKS_AFTER"),
            key(HOOK_TIMEOUT, ValueKind.COUNT, "60").env("MIGRATOR_HOOKS_TIMEOUT"),
            key(REPORT, ValueKind.PATH, "").env("MIGRATOR_REPORT_HTML"));

    private OutsideKeys() {}
}
