package dev.sallyport.gateway.log;

import dev.sallyport.call.Reply.Refusal;

/**
 * A refusal that was written to a caller.
 *
 * @param requestId the id that the caller finds in it
 * @param words what the contract pack knows that the log may say
 */
public record WrittenRefusal(Refusal refusal, String requestId, RefusedCall call, PackWords words) {}
