/**
 * Settings files as YAML. Spring reads them; what it would tell without the file's name, by a stack trace, or not at all, is
 * told here with its place: text that is no YAML, and keys that are written twice.
 */
@NullMarked
package dev.sallyport.gateway.settings.yaml;

import org.jspecify.annotations.NullMarked;
