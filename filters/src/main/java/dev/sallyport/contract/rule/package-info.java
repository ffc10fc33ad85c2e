/**
 * What JSON Schema cannot say: one file per kind of rule. {@link dev.sallyport.contract.rule.RuleSpec} is a rule as a catalog
 * writes it, {@link dev.sallyport.contract.rule.Facts} what is known of a call when a rule is asked.
 */
@NullMarked
package dev.sallyport.contract.rule;

import org.jspecify.annotations.NullMarked;
