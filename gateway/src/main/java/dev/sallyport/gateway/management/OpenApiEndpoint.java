package dev.sallyport.gateway.management;

import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.openapi.OpenApiExport;
import dev.sallyport.gateway.generation.LoadedPack;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET /actuator/openapi}: the contracts that serve calls as the OpenAPI document that {@code contracts openapi} prints. It is
 * made of the pack's files when it is asked for, so it is refused while those are others than were taken up.
 */
@Endpoint(id = "openapi")
public final class OpenApiEndpoint {
    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] OTHER_FILES =
            "{\"problems\":[\"the pack's files are not those that serve calls: /actuator/contracts tells of the last reload\"]}"
                    .getBytes(StandardCharsets.UTF_8);

    private final Supplier<Serving> serving;
    private final String version;

    /**
     * What serves calls at a moment.
     *
     * @param pack as settings name it
     */
    public record Serving(String pack, LoadedPack loaded) {}

    /**
     * An endpoint.
     *
     * @param version what the document says its version is
     */
    public OpenApiEndpoint(Supplier<Serving> serving, String version) {
        this.serving = serving;
        this.version = version;
    }

    /** The document, or 503. */
    @ReadOperation(produces = "application/json")
    public WebEndpointResponse<byte[]> document() {
        Serving now = serving.get();
        try {
            PackFiles files = PackFiles.of(now.pack());
            if (isOf(files, now)) {
                byte[] written = JSON.writeValueAsBytes(
                        OpenApiExport.of(files, now.loaded().catalog(), version));
                if (isOf(PackFiles.of(now.pack()), now)) { // none was written meanwhile
                    return new WebEndpointResponse<>(written);
                }
            }
        } catch (PackProblem gone) {
            // as if they were others
        }
        return new WebEndpointResponse<>(OTHER_FILES, WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
    }

    private static boolean isOf(PackFiles files, Serving now) {
        return files.fingerprint().equals(now.loaded().fingerprint());
    }
}
