package dev.sallyport.overload.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/** A provider that works on so many calls at a time and keeps the others waiting, whether their callers still wait or not. */
final class Provider {
    private final Clock clock;
    private final Chance chance;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int workers = 40;
    private int free = workers;
    private double work = 0.08;
    private double way = 0.02;
    private double spread = 0.4;
    private boolean paused;

    Provider(Clock clock, Chance chance) {
        this.clock = clock;
        this.chance = chance;
    }

    /** It becomes one that works on so many calls at a time, on each for as long, and is right beside. Not while it works. */
    void even(int calls, double seconds) {
        workers = calls;
        free = calls;
        work = seconds;
        way = 0;
        spread = 0;
    }

    /** How long its work on a call takes on average. */
    void work(double seconds) {
        work = seconds;
    }

    /** How long a call and its answer are under way besides. */
    void way(double seconds) {
        way = seconds;
    }

    /** How uneven its work is. */
    void spread(double width) {
        spread = width;
    }

    void pause(boolean now) {
        paused = now;
        goOn();
    }

    /** Calls a second that it can answer. */
    double capacity() {
        return paused ? 0 : workers / work;
    }

    void call(Runnable answered) {
        clock.after(way / 2, () -> {
            waiting.addLast(answered);
            goOn();
        });
    }

    private void goOn() {
        while (!paused && free > 0 && !waiting.isEmpty()) {
            Runnable answered = waiting.removeFirst();
            free--;
            clock.after(work * chance.spread(spread), () -> {
                free++;
                clock.after(way / 2, answered);
                goOn();
            });
        }
    }
}
