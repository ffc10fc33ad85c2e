package dev.sallyport.overload.simulation;

import java.util.PriorityQueue;

/** Time that passes from one event to the next, in seconds. */
final class Clock {
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private double now;
    private long count;

    private record Event(double at, long number, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Double.compare(at, other.at);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }

    double now() {
        return now;
    }

    long nanos() {
        return (long) (now * 1e9);
    }

    void after(double seconds, Runnable what) {
        events.add(new Event(now + seconds, count++, what));
    }

    /** Lets time pass. */
    void runUntil(double end) {
        while (!events.isEmpty() && events.element().at() <= end) {
            Event next = events.remove();
            now = next.at();
            next.what().run();
        }
        now = end;
    }
}
