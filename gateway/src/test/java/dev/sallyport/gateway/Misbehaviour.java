package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawProvider.body;
import static dev.sallyport.gateway.RawProvider.head;
import static dev.sallyport.gateway.RawProvider.reply;

import dev.sallyport.gateway.RawProvider.Wire;
import java.io.IOException;

/** What a provider may put on the wire in the place of one reply, some of it late; and what becomes of it. */
enum Misbehaviour {
    NONE(Own.ANSWERED, Late.NOWHERE) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            wire.write(reply(user));
        }
    },
    EARLY_HINTS(Own.ANSWERED, Late.NOWHERE) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            wire.writeThen("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n", late, reply(user));
        }
    },
    PROCESSING_TWICE(Own.ANSWERED, Late.NOWHERE) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            wire.write("HTTP/1.1 100 Continue\r\n\r\n");
            wire.writeThen("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n", late, reply(user));
        }
    },
    ENDLESS_HINTS(Own.REFUSED, Late.NOWHERE) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            wire.writeThen("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100), late, reply(STRAY));
        }
    },
    SWITCHING_PROTOCOLS(Own.REFUSED, Late.NOWHERE) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            String switching = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n";
            wire.writeThen(switching, late, reply(STRAY));
        }
    },
    NO_CONTENT(Own.REFUSED, Late.NOWHERE) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            wire.writeThen("HTTP/1.1 204 No Content\r\n\r\n", late, reply(STRAY));
        }
    },
    NO_CONTENT_WITH_A_BODY(Own.REFUSED, Late.NOWHERE) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            wire.writeThen(head("204 No Content", body(user).length()), late, body(user));
        }
    },
    NOT_MODIFIED(Own.REFUSED, Late.NOWHERE) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            wire.writeThen("HTTP/1.1 304 Not Modified\r\n\r\n", late, reply(STRAY));
        }
    },
    EMPTY_SUCCESS(Own.REFUSED, Late.NOWHERE) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            wire.writeThen(head("200 OK", 0), late, reply(STRAY));
        }
    },
    LENGTH_TOO_SHORT(Own.REFUSED, Late.NOWHERE) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            String body = body(user);
            int shorter = body.length() - 20;
            wire.writeThen(
                    head("200 OK", shorter) + body.substring(0, shorter), late, body.substring(shorter) + reply(STRAY));
        }
    },
    LENGTH_AND_CHUNKS(Own.REFUSED, Late.NOWHERE) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            String length = "Transfer-Encoding: chunked\r\nContent-Length";
            wire.writeThen(reply(user).replace("Content-Length", length), late, reply(STRAY));
        }
    },
    TWO_LENGTHS(Own.REFUSED, Late.NOWHERE) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            wire.writeThen(
                    reply(user).replace("Content-Length", "Content-Length: 5\r\nContent-Length"), late, reply(STRAY));
        }
    },
    BROKEN_CHUNKS(Own.REFUSED, Late.NOWHERE) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            String chunked = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
            wire.writeThen(chunked + "xyz\r\n", late, reply(STRAY));
        }
    },
    NO_JSON(Own.REFUSED, Late.NOWHERE) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            wire.writeThen(head("200 OK", 4) + "fine", late, reply(STRAY));
        }
    },
    NO_HTTP(Own.REFUSED, Late.NOWHERE) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            wire.writeThen("what?\r\n\r\n", late, reply(STRAY));
        }
    },
    SECOND_REPLY(Own.ANSWERED, Late.INTO_ANOTHER_CALL) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            wire.writeThen(reply(user), late, reply(STRAY));
        }
    },
    TIMEOUT_WHILE_IDLE(Own.ANSWERED, Late.INTO_ANOTHER_CALL) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            wire.writeThen(reply(user), late, "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
        }
    },
    HALF_A_REPLY_WHILE_IDLE(Own.ANSWERED, Late.INTO_ANOTHER_CALL) {
        @Override
        void answer(Wire wire, String user, int late) throws IOException {
            wire.writeThen(reply(user), late, reply(STRAY).substring(0, 60));
        }
    };

    /** No call asks for it; a caller who gets it has got what was not its own. */
    private static final String STRAY = "user-test-00000000-0000-4000-8000-000000000000";

    /** What the call itself gets. */
    enum Own {
        ANSWERED,
        REFUSED
    }

    /** Where the late bytes may show. */
    enum Late {
        NOWHERE,
        /** HTTP/1.1 cannot tell them from what another call waits for, if it already has the connection. */
        INTO_ANOTHER_CALL
    }

    private final Own own;
    private final Late shows;

    Misbehaviour(Own own, Late shows) {
        this.own = own;
        this.shows = shows;
    }

    /**
     * Writes to the connection.
     *
     * @param late milliseconds after which the second part comes
     */
    abstract void answer(Wire wire, String user, int late) throws IOException;

    Own own() {
        return own;
    }

    Late shows() {
        return shows;
    }
}
