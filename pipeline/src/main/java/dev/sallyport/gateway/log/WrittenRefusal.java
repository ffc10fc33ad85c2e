package dev.sallyport.gateway.log;

import dev.sallyport.call.Reply.Refusal;

/**
 * A refusal that was written to a caller.
 *
 * @param call of which the caller finds the id in it
 * @param words what the contract pack knows that the log may say
 */
public record WrittenRefusal(Refusal refusal, RefusedCall call, PackWords words) {}
