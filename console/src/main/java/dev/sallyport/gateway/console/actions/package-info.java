/** What may be done by pages, by those who have signed in. The gateway does it; here are the forms. */
@NullMarked
package dev.sallyport.gateway.console.actions;

import org.jspecify.annotations.NullMarked;
