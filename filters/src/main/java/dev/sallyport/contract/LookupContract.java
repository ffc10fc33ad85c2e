package dev.sallyport.contract;

import dev.sallyport.contract.rule.Facts.Field;

/**
 * What a provider promises of looking up a device. Callers do not reach it: the gateway calls it.
 *
 * @param contract its schemas and rules
 * @param telemetryId the member of the request that names the device
 * @param binding the name of the rule that the device of an operation's reply is the one that was looked up
 */
public record LookupContract(
        Contract contract, Field telemetryId, Finding finding, UnknownDevice unknownDevice, String binding) {
    /**
     * Where the reply has what was found.
     *
     * @param verdict the provider's advice: ALLOW, CHALLENGE or BLOCK
     * @param reasons why, as an array
     * @param visitorId the visitor that it recognizes, if any
     */
    public record Finding(Field verdict, Field reasons, Field visitorId) {}

    /**
     * How the provider says that it does not know a telemetry id.
     *
     * @param errorTypeAt where its errors name their type, as a JSON Pointer
     * @param errorType the type that says so
     */
    public record UnknownDevice(String errorTypeAt, String errorType) {}
}
