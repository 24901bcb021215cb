package io.migrator.milvus.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.Secret;
import io.milvus.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static Status refused(int code, String reason) {
        return Status.newBuilder().setCode(code).setReason(reason).build();
    }

    @Test
    void takesTheFramesOfMilvusOutOfAReason() {
        Status status = refused(
                65535,
                """
                stack trace: /go/src/github.com/milvus-io/milvus/pkg/tracer/stack_trace.go:51 \
                github.com/milvus-io/milvus/pkg/tracer.StackTrace
                /go/src/github.com/milvus-io/milvus/internal/util/grpcclient/client.go:555 \
                github.com/milvus-io/milvus/internal/util/grpcclient.(*ClientBase[...]).Call
                /go/src/runtime/asm_amd64.s:1598 runtime.goexit: node not found[node=3].""");

        assertThat(Answers.reason(status)).isEqualTo("node not found[node=3]");
        assertThat(Answers.nodeMissing(status)).isTrue();
    }

    @Test
    void takesANodeOfBeforeARestartForAServerThatStarts() {
        assertThat(Answers.nodeMissing(refused(901, "whatever"))).isTrue();
        assertThat(Answers.nodeMissing(refused(100, "can't find collection"))).isFalse();
        assertThat(Answers.nodeMissing(Status.getDefaultInstance())).isFalse();
    }

    @Test
    void keepsAReasonShort() {
        assertThat(Answers.reason(refused(1, "x".repeat(5000)))).hasSizeLessThan(500);
        assertThat(Answers.reason(refused(1, " two\n lines. "))).isEqualTo("two lines");
    }

    @Test
    void quotesNoBeginOfASecret() {
        Secret.known("a5ecret-Of-These-Answers");
        String frames = "/go/src/a.go:1 b ".repeat(1 << 10).substring(0, (16 << 10) - 10);
        for (String before : List.of("x".repeat(390), frames)) {
            String said = before + " a5ecret-Of-These-Answers and more";
            assertThat(Answers.line(said)).doesNotContain("a5ec");
            assertThat(Answers.reason(refused(1, said))).doesNotContain("a5ec");
        }
    }
}
