/**
 * Spring's own settings, which work beside ours. Spring passes over a key that it does not know and tells a wrong value late,
 * often by a stack trace; here both are told before anything starts. What keys there are, and of which types, is read from
 * the metadata that the libraries on the class path bring for editors.
 */
@NullMarked
package dev.sallyport.gateway.settings.spring;

import org.jspecify.annotations.NullMarked;
