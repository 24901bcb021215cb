package io.migrator.milvus.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Answers;
import io.migrator.milvus.calls.RestCalls;
import io.milvus.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says becomes one short line, soon. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LongAnswersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/go/:1",
                "/go/a:1 b ",
                "/go/",
                "stack trace: ",
                "stack trace: /go/a:1 b ",
                "/go/a:1",
                ".",
                " ",
                "/go/:1:"
            })
    void isShortAndSoonTold(String letters) {
        String text = letters.repeat((1 << 20) / letters.length());

        assertThat(Answers.reason(Status.newBuilder().setCode(5).setReason(text).build()))
                .hasSizeLessThan(500);
        RestImportFaults faults = new RestImportFaults("milvus:19530");
        assertThat(faults.refused(
                                new Action("import", "a", "", Duration.ofSeconds(1)),
                                new RestCalls.Answer(5, text, MissingNode.getInstance()),
                                List.of())
                        .getMessage())
                .hasSizeLessThan(700);
    }

    @Test
    void leavesOutTheFramesOfTheServersSource() {
        Status status = Status.newBuilder()
                .setCode(5)
                .setReason("stack trace: /go/src/a/b.go:12 main.work\n/go/src/c.go:7 main.(*x).y\n: segment lost.")
                .build();

        assertThat(Answers.reason(status)).isEqualTo("segment lost");
    }
}
