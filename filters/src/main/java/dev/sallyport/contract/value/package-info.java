/**
 * How values of documents compare: whether two are the same JSON value, what moment a text tells, which names differ by case
 * alone. Pure questions that rules and checks of contracts ask.
 */
@NullMarked
package dev.sallyport.contract.value;

import org.jspecify.annotations.NullMarked;
