package io.migrator.fake.rpc;

import io.migrator.fake.model.Refusal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lets so many calls of a method pass in a second, and refuses the others with code 8. */
final class RateLimits {
    private final Map<String, Double> perSecond;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** @param perSecond by method; others are not limited */
    RateLimits(Map<String, Double> perSecond) {
        this.perSecond = perSecond;
    }

    void pass(String method) {
        Double rate = perSecond.get(method);
        if (rate != null
                && !buckets.computeIfAbsent(method, name -> new Bucket(rate)).take()) {
            throw Refusal.rateLimit(rate);
        }
    }

    private static final class Bucket {
        private final double rate;
        private double tokens;
        private long last = System.nanoTime();

        Bucket(double rate) {
            this.rate = rate;
            this.tokens = Math.max(1, rate);
        }

        synchronized boolean take() {
            long now = System.nanoTime();
            tokens = Math.min(Math.max(1, rate), tokens + rate * (now - last) / 1e9);
            last = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }
}
