package io.migrator.retention.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads of which exactly one runs at a time: at every request to the store the seed decides who goes on, who is put to sleep
 * for longer than others wait for a lease, and who dies.
 */
final class Turns {
    private static final int MOST_STEPS = 20_000;

    private final Random random;
    private final List<Actor> actors = new ArrayList<>();
    private final List<String> trace = new ArrayList<>();
    private final double switching;
    /** Whether one goes on until another is let before it for good, which finds other faults than turns by lot. */
    private final boolean ranked;

    private int lowest;
    private volatile boolean over;
    private int steps;

    Turns(Random random) {
        this.random = random;
        this.ranked = random.nextBoolean();
        this.switching =
                ranked ? 0.01 + 0.05 * random.nextDouble() : 0.02 + 0.4 * random.nextDouble() * random.nextDouble();
    }

    /** Dies before its next request is sent; not an exception that anything catches. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1;

        Death() {
            super("killed", null, false, false);
        }
    }

    /** One process of the model. */
    final class Actor {
        private final String name;
        private final Runnable work;
        private final int firstStep;
        private final double dying;
        private final double sleeping;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean mine;
        private volatile Thread thread;
        private boolean done;
        private boolean dead;
        private boolean asleep;
        private int sleeps;
        private int rank;

        private Actor(String name, int firstStep, double dying, double sleeping, Runnable work) {
            this.name = name;
            this.firstStep = firstStep;
            this.dying = dying;
            this.sleeping = sleeping;
            this.work = work;
        }

        @Override
        public String toString() {
            return name;
        }

        /** Whether nobody renews its leases. */
        boolean silent() {
            return done || dead || asleep;
        }

        boolean dead() {
            return dead;
        }

        /** How often it was away for long. */
        int sleeps() {
            return sleeps;
        }

        /** Here and now. */
        void die() {
            dead = true;
            trace.add(name + " dies");
            throw new Death();
        }

        /** Called before each request. */
        void step(String request) {
            if (dead || over) {
                throw new Death();
            }
            // What lists and heads say is what all rests on.
            double delicate = request.contains("refs.txt") || request.contains("backup_meta") ? 6 : 1;
            if (random.nextDouble() < dying * delicate) {
                dead = true;
                trace.add(name + " dies before: " + request);
                throw new Death();
            }
            if (random.nextDouble() < sleeping * delicate) {
                asleep = true;
                sleeps++;
                trace.add(name + " sleeps before: " + request);
            }
            if (asleep || random.nextDouble() < switching) {
                rank = --lowest;
                pass(this);
            }
            if (over) {
                throw new Death();
            }
            if (++steps > MOST_STEPS) {
                throw new IllegalStateException("no end after " + steps + " requests");
            }
            trace.add(name + ": " + request);
        }

        private void run() {
            thread = Thread.currentThread();
            await();
            try {
                work.run();
            } catch (Death expected) {
                dead = true;
            } finally {
                done = true;
                pass(this);
                ended.countDown();
            }
        }

        private void await() {
            while (!mine) {
                LockSupport.park(this);
            }
        }
    }

    /**
     * @param firstStep it begins when so many requests were sent
     * @param dying and {@code sleeping}: how likely that is before each of its requests
     */
    Actor actor(String name, int firstStep, double dying, double sleeping, Runnable work) {
        Actor actor = new Actor(name, firstStep, dying, sleeping, work);
        actor.rank = random.nextInt(100);
        actors.add(actor);
        return actor;
    }

    /** Until all have ended. */
    void run(ExecutorService threads) throws InterruptedException {
        for (Actor actor : actors) {
            threads.execute(actor::run);
        }
        Actor first = next();
        if (first != null) {
            give(first);
        }
        for (Actor actor : actors) {
            actor.ended.await();
        }
    }

    /** No more requests: what was to be found is found. */
    void stop() {
        over = true;
    }

    List<String> trace() {
        return trace;
    }

    int steps() {
        return steps;
    }

    private void pass(Actor from) {
        Actor to = next();
        if (to == from || to == null) {
            return;
        }
        from.mine = false;
        give(to);
        if (!from.done) {
            from.await();
        }
    }

    private static void give(Actor to) {
        to.mine = true;
        LockSupport.unpark(to.thread);
    }

    private Actor next() {
        List<Actor> awake = new ArrayList<>();
        List<Actor> others = new ArrayList<>();
        for (Actor actor : actors) {
            if (!actor.done) {
                boolean wakes = actor.asleep && random.nextDouble() < 0.02;
                if (!actor.asleep && actor.firstStep <= steps || wakes) {
                    awake.add(actor);
                } else {
                    others.add(actor);
                }
            }
        }
        List<Actor> choice = awake.isEmpty() ? others : awake;
        if (choice.isEmpty()) {
            return null;
        }
        Actor chosen = ranked
                ? Collections.max(choice, Comparator.comparingInt(actor -> actor.rank))
                : choice.get(random.nextInt(choice.size()));
        if (chosen.asleep) {
            chosen.asleep = false;
            trace.add(chosen + " wakes");
        }
        return chosen;
    }
}
