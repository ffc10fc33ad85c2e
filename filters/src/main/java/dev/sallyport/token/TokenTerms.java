package dev.sallyport.token;

import dev.sallyport.contract.enforcement.ContractEnforcement;

/**
 * What session tokens are held against beside what the contract says of them.
 *
 * @param bindings tie the token to the rest of the reply, as the operator has it
 * @param limits what the operator says of tokens
 * @param expected who may have issued them, and for whom
 */
public record TokenTerms(ContractEnforcement bindings, TokenLimits limits, Expectations expected) {}
