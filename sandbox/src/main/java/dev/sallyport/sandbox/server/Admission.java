package dev.sallyport.sandbox.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Project;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/** Lets in those whose Basic credentials name a project of the right product. */
record Admission(Directory directory) {
    private static final String SCHEME = "Basic ";

    /** Returns the calling project, or refuses. */
    Project admit(HttpHeaders headers, Access access) {
        String credentials = credentials(headers).orElseThrow(() -> Refusal.of(ErrorType.UNAUTHORIZED_CREDENTIALS));
        int colon = credentials.indexOf(':');
        String id = colon < 0 ? credentials : credentials.substring(0, colon);
        Project project = directory.project(id).orElseThrow(() -> Refusal.of(unknown(id)));
        if (colon < 0 || !sameSecret(project.secret(), credentials.substring(colon + 1))) {
            throw Refusal.of(ErrorType.UNAUTHORIZED_CREDENTIALS);
        }
        if (!access.admits(project.product())) {
            throw Refusal.of(project.product().other().notThisProduct());
        }
        return project;
    }

    private static Optional<String> credentials(HttpHeaders headers) {
        String header = headers.get(HttpHeaderNames.AUTHORIZATION, "");
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            return Optional.of(new String(decoded, UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static ErrorType unknown(String id) {
        return id.startsWith("project-live-")
                ? ErrorType.LIVE_ID_USED_IN_TEST_ENVIRONMENT
                : ErrorType.INVALID_PROJECT_ID_AUTHENTICATION;
    }

    private static boolean sameSecret(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
    }
}
