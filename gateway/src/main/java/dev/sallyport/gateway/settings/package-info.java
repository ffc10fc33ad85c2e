/**
 * Settings as Spring finds them (files, environment, command line), turned into the records of {@code dev.sallyport.config}.
 * What is wrong is said with its key and the place where it was written; an unknown key is wrong.
 */
@NullMarked
package dev.sallyport.gateway.settings;

import org.jspecify.annotations.NullMarked;
