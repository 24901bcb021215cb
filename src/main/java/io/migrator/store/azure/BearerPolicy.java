package io.migrator.store.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import reactor.core.publisher.Mono;

/** Puts the token of an identity on each request. The client's own policy for it wants more of a token than we have. */
final class BearerPolicy implements HttpPipelinePolicy {
    private final AzureIdentity identity;

    BearerPolicy(AzureIdentity identity) {
        this.identity = identity;
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        bear(context);
        return next.process();
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        bear(context);
        return next.processSync();
    }

    private void bear(HttpPipelineCallContext context) {
        context.getHttpRequest().setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + identity.token());
    }
}
