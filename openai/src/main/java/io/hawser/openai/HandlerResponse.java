package io.hawser.openai;

import com.openai.core.http.Headers;
import com.openai.core.http.HttpResponse;
import io.hawser.HawserException;
import io.hawser.http.Response;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// An answer of Hawser as one of the SDK.
final class HandlerResponse implements HttpResponse {
    private final Response response;
    private final InputStream body;

    HandlerResponse(Response response) {
        this.response = response;
        this.body = new Failing(response.body().asInputStream());
    }

    @Override
    public int statusCode() {
        return response.status();
    }

    @Override
    public Headers headers() {
        Headers.Builder headers = Headers.builder();
        response.headers().forEach(headers::put);
        return headers.build();
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void close() {
        response.body().close();
    }

    /// Fails as streams do, so that the SDK takes what breaks off for a broken connection.
    private static final class Failing extends FilterInputStream {
        Failing(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (HawserException failure) {
                throw new IOException(failure.getMessage(), failure);
            }
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            try {
                return in.read(target, offset, count);
            } catch (HawserException failure) {
                throw new IOException(failure.getMessage(), failure);
            }
        }
    }
}
