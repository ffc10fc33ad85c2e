package dev.sallyport.contract;

import dev.sallyport.contract.rule.Facts.Field;

/**
 * What a provider promises of looking up a device. Callers do not reach it: the gateway calls it.
 *
 * @param contract its schemas and rules
 * @param telemetryId the member of the request that names the device
 * @param verdict where the reply has the provider's advice: ALLOW, CHALLENGE or BLOCK
 * @param reasons where it says why, as an array
 * @param visitorId where it names the visitor that it recognizes, if any
 * @param errorTypeAt where the provider's errors name their type, as a JSON Pointer
 * @param notFound the provider's error type for a telemetry id that it does not know
 * @param binding the name of the rule that the device of an operation's reply is the one that was looked up
 */
public record LookupContract(
        Contract contract,
        Field telemetryId,
        Field verdict,
        Field reasons,
        Field visitorId,
        String errorTypeAt,
        String notFound,
        String binding) {}
