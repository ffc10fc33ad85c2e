/**
 * Operations that belong to a project or to no session: keys, user info, fingerprints.
 */
@NullMarked
package dev.sallyport.sandbox.operation.project;

import org.jspecify.annotations.NullMarked;
