package dev.sallyport.gateway.management.port;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Whether a browser asks on behalf of a page of another site. It says so in {@code Sec-Fetch-Site}, or, an older one, in
 * {@code Origin}; a program says neither. To follow a link here is no such request: the other page does not see what comes.
 */
final class CrossSite {
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private CrossSite() {}

    static boolean is(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        @Nullable String site = headers.getFirst("Sec-Fetch-Site");
        if (site != null) {
            return !OWN.contains(site) && !isLink(request);
        }
        @Nullable String origin = headers.getOrigin();
        return origin != null && !isOwn(origin, headers.getFirst(HttpHeaders.HOST));
    }

    private static boolean isLink(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        return request.getMethod().equals(HttpMethod.GET)
                && "navigate".equals(headers.getFirst("Sec-Fetch-Mode"))
                && "document".equals(headers.getFirst("Sec-Fetch-Dest"));
    }

    private static boolean isOwn(String origin, @Nullable String host) {
        return host != null
                && origin.toLowerCase(Locale.ROOT)
                        .replaceFirst("^https?://", "")
                        .equals(host.toLowerCase(Locale.ROOT));
    }
}
