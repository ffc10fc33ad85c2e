/** An application of Spring Cloud Gateway that knows its callers by Spring Security, and holds the provider's credentials itself. */
@NullMarked
package dev.sallyport.examples.secured;

import org.jspecify.annotations.NullMarked;
