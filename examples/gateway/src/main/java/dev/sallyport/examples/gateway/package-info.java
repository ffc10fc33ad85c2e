/** An application of Spring Cloud Gateway whose session calls keep their contracts. All of it stands in {@code application.yml}. */
@NullMarked
package dev.sallyport.examples.gateway;

import org.jspecify.annotations.NullMarked;
