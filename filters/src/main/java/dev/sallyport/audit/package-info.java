/**
 * What an auditor is told of sessions: {@link dev.sallyport.audit.AuditFilter} notes what became of each call that makes or revokes
 * one, and {@link dev.sallyport.audit.AuditEvents} hears of it.
 */
@NullMarked
package dev.sallyport.audit;

import org.jspecify.annotations.NullMarked;
