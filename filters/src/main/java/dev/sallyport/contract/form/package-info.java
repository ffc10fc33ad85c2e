/**
 * What a reply looks like before its schema is asked: status, media type, coding, and whether an error is one of the provider's;
 * and a query, as the object that its schema is about.
 */
@NullMarked
package dev.sallyport.contract.form;

import org.jspecify.annotations.NullMarked;
