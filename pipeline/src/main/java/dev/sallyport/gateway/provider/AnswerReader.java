package dev.sallyport.gateway.provider;

import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.BrokenForm;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.gateway.http.header.NettyHeaders;
import dev.sallyport.gateway.provider.connection.ReplyReader;
import io.netty.handler.codec.http.HttpHeaders;

/** Reads a reply as its contract says, while its connection is held. */
record AnswerReader(ReplyReading reading) implements ReplyReader<Answer> {
    @Override
    public Answer ofWhole(int status, HttpHeaders headers, byte[] body, Timing timing) {
        return reading.read(status, new NettyHeaders(headers), body, timing);
    }

    @Override
    public boolean isInDoubt(Answer answer) {
        return answer.content() instanceof BrokenForm;
    }
}
