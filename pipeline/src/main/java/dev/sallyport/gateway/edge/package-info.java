/**
 * What every edge towards callers asks, whichever server it stands on: {@link dev.sallyport.gateway.edge.Routes} says which
 * requests are calls and {@link dev.sallyport.gateway.edge.ServingSnapshot} what they meet,
 * {@link dev.sallyport.gateway.edge.RequestBody} and {@link dev.sallyport.gateway.edge.CallDeadline} what a body and a head may be,
 * {@link dev.sallyport.gateway.edge.RefusalWriter} what a refusal looks like.
 */
@NullMarked
package dev.sallyport.gateway.edge;

import org.jspecify.annotations.NullMarked;
