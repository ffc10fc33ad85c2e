package dev.sallyport.gateway.http.stream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameTypes;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The frames that a caller sends on one connection, counted by their heads: those that bring nothing of a request may be so many
 * within a time, and more the more requests it makes and the more bytes it is sent, which it has to acknowledge. Pings, settings,
 * windows and pieces of bodies of a few bytes cost work each, and would cost it without an end.
 */
final class FrameCount {
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(10);
    private static final int FOR_A_REQUEST = 20;
    private static final int BYTES_FOR_ONE = 512;
    private static final int FEW_BYTES = 64;
    private static final int PREFACE_BYTES = 24;

    private static final int TYPE_AT = 3;
    private static final int FLAGS_AT = 4;
    private static final int END_STREAM = 1;

    private final int most;
    private final LongSupplier nanos;

    private long since;
    private long requests;
    private long others;
    private long written;

    /** Of the preface, or of a frame behind its head, that have not come. */
    private long left = PREFACE_BYTES;
    /** How many of the frame's head have come. */
    private int at;

    private int length;
    private int type;
    private int flags;

    /**
     * None so far.
     *
     * @param most within ten seconds, of a caller that makes no requests
     */
    FrameCount(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    /** So many bytes were sent to the caller. */
    void written(int bytes) {
        written += bytes;
    }

    /** Notes what came, and leaves it as it is; whether that is too much. */
    boolean isTooMuch(ByteBuf in) {
        int index = in.readerIndex();
        while (index < in.writerIndex()) {
            if (left > 0) {
                int skipped = (int) Math.min(left, in.writerIndex() - index);
                left -= skipped;
                index += skipped;
            } else if (ends(in.getUnsignedByte(index++)) && isOneTooMany()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a frame's head ends with this octet. */
    private boolean ends(int octet) {
        if (at < TYPE_AT) {
            length = length << Byte.SIZE | octet;
        } else if (at == TYPE_AT) {
            type = octet;
        } else if (at == FLAGS_AT) {
            flags = octet;
        }
        at++;
        return at == Http2CodecUtil.FRAME_HEADER_LENGTH;
    }

    private boolean isOneTooMany() {
        boolean isPiece = type == Http2FrameTypes.DATA && (length >= FEW_BYTES || (flags & END_STREAM) != 0);
        boolean isRequest = type == Http2FrameTypes.HEADERS;
        left = length;
        length = 0;
        at = 0;
        requests += isRequest ? 1 : 0;
        return !isPiece && !isRequest && isOneOtherTooMany();
    }

    private boolean isOneOtherTooMany() {
        long now = nanos.getAsLong();
        if (now - since >= PERIOD) {
            since = now;
            requests = 0;
            others = 0;
            written = 0;
        }
        others++;
        return others > most + FOR_A_REQUEST * requests + written / BYTES_FOR_ONE;
    }
}
