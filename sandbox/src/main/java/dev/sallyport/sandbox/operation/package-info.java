/**
 * One small class for each thing the provider does. An operation is given an admitted {@link
 * dev.sallyport.sandbox.operation.Call} and answers with a reply or refuses with a {@link
 * dev.sallyport.sandbox.reply.Refusal}. To add one, write it here and name it in the table of routes.
 */
@NullMarked
package dev.sallyport.sandbox.operation;

import org.jspecify.annotations.NullMarked;
