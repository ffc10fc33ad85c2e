package dev.sallyport.gateway.assembly;

import dev.sallyport.call.Call;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Stage;
import dev.sallyport.call.Upstream;
import reactor.core.publisher.Mono;

/** In place of the reading, for calls that no contract knows: whatever they say is between their caller and the provider. */
record UnreadCall() implements Stage<Call, ReadCall> {
    @Override
    public Mono<Reply> filter(Call call, Upstream<ReadCall> next) {
        return next.send(new ReadCall(call, Document.NONE));
    }

    @Override
    public String toString() {
        return "unread";
    }
}
