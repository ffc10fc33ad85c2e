/**
 * Who exists: projects with their secrets, users, organizations and members. Everything is read from one resource,
 * {@code sandbox/directory.json}, in which users, organizations and members stand as the provider would send them. It never
 * changes while the sandbox runs.
 */
@NullMarked
package dev.sallyport.sandbox.directory;

import org.jspecify.annotations.NullMarked;
