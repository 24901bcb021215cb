package io.migrator.cli.output;

import io.migrator.config.read.Setting;
import io.migrator.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The configuration for people and for programs; secrets come masked. */
public final class SettingsTable {
    private SettingsTable() {}

    public static List<String> lines(List<Setting> settings) {
        List<List<String>> rows = new ArrayList<>();
        for (Setting setting : settings) {
            rows.add(List.of(setting.key(), setting.shown(), setting.source()));
        }
        return TextTable.lines(List.of("KEY", "VALUE", "SOURCE"), rows);
    }

    public static List<Map<String, Object>> facts(List<Setting> settings) {
        return settings.stream()
                .map(setting ->
                        RunReport.parts("key", setting.key(), "value", setting.shown(), "source", setting.source()))
                .toList();
    }
}
