package dev.sallyport.loadtests.load;

import dev.sallyport.loadtests.process.MeasurementFailed;
import dev.sallyport.loadtests.provider.Exchange;
import dev.sallyport.loadtests.provider.Replies;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/**
 * Calls on kept connections from one thread. The request lies ready as bytes, and a reply is compared with those that the provider
 * gives: what is not the very reply fails the measurement.
 */
public final class LoadGenerator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LARGER_THAN_A_REPLY = 16 * 1024;

    private final Loops loops = new Loops("load");

    /**
     * What was done.
     *
     * @param calls that were answered correctly, which are all
     * @param nanos from the first request to the last reply
     * @param cpuMicros of the generator
     */
    public record Load(long calls, long nanos, long cpuMicros) {
        /** Calls in a second. */
        public double rate() {
            return calls * 1e9 / nanos;
        }

        /** The share of one core that the generator took. */
        public double busy() {
            return cpuMicros * 1e3 / nanos;
        }
    }

    /**
     * Calls a gateway for some time, on each connection the next call when the last was answered; all are before it returns. Such a
     * closed loop says nothing about latency or capacity.
     *
     * @throws MeasurementFailed if a single one is not answered as the provider answers
     */
    public Load run(int port, int connections, Duration time, Replies replies) {
        long before = loops.cpuMicros();
        long start = System.nanoTime();
        var round = new ClosedRound(connections, start + time.toNanos(), replies);
        connect(port, connections, round);
        long calls = outcome(round.done(), time);
        return new Load(calls, System.nanoTime() - start, loops.cpuMicros() - before);
    }

    /**
     * Calls a gateway when calls are due; every call is answered before it returns.
     *
     * @return nanoseconds from when each call was due to its reply
     * @throws MeasurementFailed if a single one is not answered as the provider answers
     */
    public Histogram run(int port, int connections, Arrivals arrivals, Replies replies) {
        var round = new OpenRound(connections, arrivals, replies);
        connect(port, connections, round);
        return outcome(round.done(), arrivals.time());
    }

    private void connect(int port, int connections, Round round) {
        ByteBuf request = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(Exchange.request(port)));
        Bootstrap bootstrap = bootstrap(round, request);
        for (int number = 0; number < connections; number++) {
            bootstrap.connect(InetAddress.getLoopbackAddress(), port).addListener(connected -> {
                if (!connected.isSuccess()) {
                    round.fail("cannot connect: " + connected.cause());
                }
            });
        }
    }

    private Bootstrap bootstrap(Round round, ByteBuf request) {
        return new Bootstrap()
                .group(loops.group())
                .channel(loops.channel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGER_THAN_A_REPLY))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Conversation(round, request));
                    }
                });
    }

    private static <T> T outcome(CompletableFuture<T> done, Duration time) {
        try {
            return done.get(time.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            throw new MeasurementFailed("a call was not answered within " + PATIENCE.toSeconds() + " s");
        } catch (ExecutionException wrong) {
            throw new MeasurementFailed(String.valueOf(wrong.getMessage()).replaceFirst("^[\\w.]+: ", ""));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MeasurementFailed("interrupted");
        }
    }

    @Override
    public void close() {
        loops.close();
    }
}
