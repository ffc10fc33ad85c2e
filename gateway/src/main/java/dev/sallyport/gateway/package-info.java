/** The application: its command line and its start. Read {@code assembly.Pipeline} first. */
@NullMarked
package dev.sallyport.gateway;

import org.jspecify.annotations.NullMarked;
