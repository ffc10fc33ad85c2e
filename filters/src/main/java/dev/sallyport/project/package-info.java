/** Which of the provider's projects may be called through this gateway. */
@NullMarked
package dev.sallyport.project;

import org.jspecify.annotations.NullMarked;
