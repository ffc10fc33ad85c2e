package dev.sallyport.gateway.http;

import dev.sallyport.call.Headers;
import dev.sallyport.contract.form.JsonMediaType;
import dev.sallyport.gateway.http.header.BasicCredentials;
import dev.sallyport.gateway.http.header.EndToEnd;
import dev.sallyport.gateway.http.header.NettyHeaders;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.Locale;
import java.util.Set;

/** Heads of requests, as they come from a connection: one that is taken can be read in one way, and nothing of a hop goes on. */
public final class HeadFuzz {
    private static final Set<String> HOP =
            Set.of("connection", "transfer-encoding", "te", "upgrade", "keep-alive", "cookie");

    private HeadFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        var channel = new EmbeddedChannel(new HttpRequestDecoder());
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes));
            for (Object read = channel.readInbound(); read != null; read = channel.readInbound()) {
                if (read instanceof HttpRequest request && RequestShape.problem(request) == null) {
                    taken(request);
                }
                ReferenceCountUtil.release(read);
            }
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static void taken(HttpRequest request) {
        HttpHeaders fields = request.headers();
        require(fields.getAll(HttpHeaderNames.HOST).size() <= 1, "several hosts");
        require(fields.getAll(HttpHeaderNames.CONTENT_LENGTH).size() <= 1, "several lengths");
        boolean both =
                fields.contains(HttpHeaderNames.CONTENT_LENGTH) && fields.contains(HttpHeaderNames.TRANSFER_ENCODING);
        require(!both, "a length and a coding");
        String length = fields.get(HttpHeaderNames.CONTENT_LENGTH, "0");
        require(length.chars().allMatch(c -> c >= '0' && c <= '9'), "a length that is no number");
        require(request.uri().chars().allMatch(c -> c > ' ' && c < 127), "a target that cannot be printed");
        Headers all = new NettyHeaders(fields);
        JsonMediaType.isSaid(all);
        JsonMediaType.isPlain(all);
        String user = BasicCredentials.userName(all);
        require(user == null || !user.contains(":"), "a user name with a colon");
        EndToEnd.ofCaller(all, Set.of("sallyport-rejection"), Set.of()).forEach((name, value) -> {
            require(!HOP.contains(name.toLowerCase(Locale.ROOT)), "a field of one connection goes on");
            require(value.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0), "a line end in a value");
        });
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
