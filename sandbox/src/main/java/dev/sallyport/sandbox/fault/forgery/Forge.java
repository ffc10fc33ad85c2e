package dev.sallyport.sandbox.fault.forgery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.Base64URL;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.key.KeyRing;
import dev.sallyport.sandbox.session.key.SigningKey;
import java.nio.charset.CharacterCodingException;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a forger has at hand: a genuine token, a key of his own, another project's, and, since some forgeries are the
 * provider's own mistakes, the genuine key. Everything is written byte by byte: a library would refuse.
 */
public final class Forge {
    static final String SESSION = "https://stytch.com/session";
    static final String ORGANIZATION = "https://stytch.com/organization";

    private static final String JWT = "session_jwt";

    private final String genuine;
    private final KeyRing own;
    private final KeyRing other;

    private Forge(String genuine, KeyRing own, KeyRing other) {
        this.genuine = genuine;
        this.own = own;
        this.other = other;
    }

    /** Returns the reply with its token forged; one without a token is left alone. */
    public static Reply apply(Forgery forgery, Reply reply, KeyRing own, KeyRing other) {
        ObjectNode body = reply.tree();
        String jwt = body.path(JWT).asString("");
        if (jwt.split("\\.", -1).length != 3) {
            return reply;
        }
        String forged = forgery.recipe().work().apply(new Forge(jwt, own, other));
        return reply.withContent(Json.bytes(body.put(JWT, forged)));
    }

    String genuine() {
        return genuine;
    }

    SigningKey key() {
        return own.active();
    }

    SigningKey forger() {
        return own.unpublished();
    }

    SigningKey otherProject() {
        return other.active();
    }

    /** Returns one of the three parts of the genuine token. */
    String part(int index) {
        return genuine.split("\\.", -1)[index];
    }

    /** Returns the genuine header, for the taking. */
    ObjectNode header() {
        return tree(0);
    }

    /** Returns the genuine claims, for the taking. */
    ObjectNode claims() {
        return tree(1);
    }

    /** Returns a token whose claims were changed, signed with the genuine key. */
    String claims(Consumer<ObjectNode> change) {
        ObjectNode claims = claims();
        change.accept(claims);
        return signed(header().toString(), claims.toString());
    }

    /** Returns a token whose header was changed, signed with the genuine key. */
    String header(Consumer<ObjectNode> change) {
        return header(change, key());
    }

    /** Returns a token whose header was changed, signed with some key. */
    String header(Consumer<ObjectNode> change, SigningKey key) {
        ObjectNode header = header();
        change.accept(header);
        return Signatures.rs256(input(header.toString(), claims().toString()), key.privateKey());
    }

    /** Returns what is to be signed of a token with another algorithm, all else as it was. */
    String inputFor(String algorithm) {
        return input(header().put("alg", algorithm).toString(), claims().toString());
    }

    /** Returns a token of any two texts, signed with the genuine key. */
    String signed(String header, String claims) {
        return Signatures.rs256(input(header, claims), key().privateKey());
    }

    /** Returns a token of a header as it was and of any bytes, signed with the genuine key. */
    String signed(byte[] claims) {
        return Signatures.rs256(part(0) + "." + Base64URL.encode(claims), key().privateKey());
    }

    private static String input(String header, String claims) {
        return Base64URL.encode(header.getBytes(UTF_8)) + "." + Base64URL.encode(claims.getBytes(UTF_8));
    }

    private ObjectNode tree(int part) {
        try {
            return (ObjectNode) Json.parse(new Base64URL(part(part)).decode());
        } catch (CharacterCodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the bytes of a text that has nothing but ASCII in it. */
    static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
