package io.migrator.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.Bucket.Lifecycle.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read out of a bucket's lifecycle. */
final class GcsSettingsTest {
    private static boolean atOnce(Rule.Condition condition) {
        Rule rule = new Rule().setAction(new Rule.Action().setType("Delete")).setCondition(condition);
        Bucket bucket =
                new Bucket().setStorageClass("STANDARD").setLifecycle(new Bucket.Lifecycle().setRule(List.of(rule)));
        return GcsSettings.of(bucket).rules().orElseThrow().get(0).atOnce();
    }

    @Test
    void isForWhateverIsWrittenWithoutAFurtherCondition() {
        assertThat(atOnce(new Rule.Condition().setAge(0))).isTrue();
        assertThat(atOnce(new Rule.Condition().setAge(0).setMatchesStorageClass(List.of("ARCHIVE"))))
                .isFalse();
        assertThat(atOnce(new Rule.Condition().setAge(0).setMatchesStorageClass(List.of("STANDARD"))))
                .isTrue();
    }
}
