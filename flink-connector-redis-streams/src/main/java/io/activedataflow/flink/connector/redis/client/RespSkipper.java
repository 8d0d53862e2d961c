/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.redis.client;

import org.apache.flink.annotation.Internal;

/**
 * Skips values of any kind, nested to any depth, across any split of the bytes: push frames and
 * attributes, which nobody asked for. Fetcher thread only.
 */
@Internal
final class RespSkipper {

    private final String server;

    /** Values still to be skipped. */
    private long values;

    /** Bytes of a bulk string, its line end included, still to be skipped. */
    private long payload;

    private boolean inLine;

    RespSkipper(String server) {
        this.server = server;
    }

    void begin(long count) {
        values = count;
        payload = 0;
        inLine = false;
    }

    boolean isDone() {
        return values == 0 && payload == 0 && !inLine;
    }

    /**
     * Skips as much as has arrived.
     *
     * @param replyStart where the reply starts, for messages
     * @return the position up to which everything is skipped
     */
    int skip(byte[] data, int from, int end, int replyStart) {
        int p = from;
        while (p < end && !isDone()) {
            if (payload > 0) {
                int step = (int) Math.min(payload, end - p);
                payload -= step;
                p += step;
            } else if (inLine) {
                inLine = data[p++] != '\n';
            } else {
                long header = 0;
                byte type = data[p];
                if (isCounted(type)) {
                    header = RespSyntax.header(data, p, end);
                    if (header == RespSyntax.INCOMPLETE) {
                        return p;
                    }
                } else if (!isLine(type)) {
                    header = RespSyntax.MALFORMED;
                }
                if (header == RespSyntax.MALFORMED) {
                    throw RespSyntax.malformed(server, "a value", p - replyStart, data, p, end);
                }
                p = begin(type, header, p);
            }
        }
        return p;
    }

    private int begin(byte type, long header, int p) {
        if (isLine(type)) {
            values--;
            inLine = true;
            return p;
        }
        int count = Math.max(0, RespSyntax.number(header));
        switch (type) {
            case '$', '!', '=' -> {
                values--;
                payload = RespSyntax.number(header) < 0 ? 0 : count + 2L;
            }
            case '%' -> values += 2L * count - 1;
            case '|' -> values += 2L * count;
            default -> values += count - 1L;
        }
        return RespSyntax.next(header);
    }

    private static boolean isCounted(byte type) {
        return switch (type) {
            case '$', '!', '=', '*', '~', '>', '%', '|' -> true;
            default -> false;
        };
    }

    private static boolean isLine(byte type) {
        return switch (type) {
            case '+', '-', ':', ',', '#', '(', '_' -> true;
            default -> false;
        };
    }
}
