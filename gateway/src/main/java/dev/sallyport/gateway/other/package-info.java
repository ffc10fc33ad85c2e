/**
 * Calls of the provider that no contract knows, and routes of the operator's own, on their way through Spring Cloud Gateway. It
 * finds the route and runs its filters; {@link dev.sallyport.gateway.other.OtherCallFilter} stands in front of them with
 * what every call meets, {@link dev.sallyport.gateway.other.ProviderRoutingFilter} behind them with the connections to the
 * provider and the guard that keeps contracted paths off.
 */
@NullMarked
package dev.sallyport.gateway.other;

import org.jspecify.annotations.NullMarked;
