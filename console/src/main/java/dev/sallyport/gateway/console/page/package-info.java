/** What every page is made of: templates that the build compiled, the frame around a page, times and numbers as people read them. */
@NullMarked
package dev.sallyport.gateway.console.page;

import org.jspecify.annotations.NullMarked;
