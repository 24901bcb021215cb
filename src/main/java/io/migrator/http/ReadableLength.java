package io.migrator.http;

import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Refuses answers of a length below 0, before the client makes a body of them that it can neither read nor close: their
 * connections stayed until memory was short. An interceptor of the network; elsewhere it is too late.
 */
public final class ReadableLength implements Interceptor {
    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        Headers headers = response.headers();
        for (String length : headers.values("Content-Length")) {
            if (length.strip().startsWith("-")) {
                throw new ProtocolException("its answer has a length below 0");
            }
        }
        return response;
    }
}
