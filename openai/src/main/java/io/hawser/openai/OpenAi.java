package io.hawser.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import io.hawser.http.HttpHandler;

/// Makes clients of the official OpenAI SDK that send through a handler of Hawser.
///
/// ```java
/// HttpHandler network = client.with(PolicyFilter.of("openai", Policy.ordered(Retry.defaults(), limiter)));
/// OpenAIClient openai = OpenAi.over(network, apiKey);
/// ```
///
/// The SDK's own retries are off: repeating, limits of rate and breakers are the filters' of the handler, which see
/// every attempt and share one budget with whatever else calls there.
public final class OpenAi {
    private OpenAi() {}

    /// A client of the SDK for the public service.
    ///
    /// Owner: closing it leaves `handler` open.
    public static OpenAIClient over(HttpHandler handler, String apiKey) {
        return of(options(handler).apiKey(apiKey).build());
    }

    /// A client of the SDK for a service that speaks the same API at `baseUrl`.
    public static OpenAIClient over(HttpHandler handler, String apiKey, String baseUrl) {
        return of(options(handler).apiKey(apiKey).baseUrl(baseUrl).build());
    }

    /// Options of the SDK with the transport set and its retries off, for what else there is to set.
    public static ClientOptions.Builder options(HttpHandler handler) {
        return ClientOptions.builder().httpClient(new HandlerTransport(handler)).maxRetries(0);
    }

    /// A client of the SDK with these options.
    public static OpenAIClient of(ClientOptions options) {
        return new OpenAIClientImpl(options);
    }
}
