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

package io.activedataflow.flink.connector.e2e.pipeline;

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.MemoryPublishStore;
import com.crankuptheamps.client.exception.AMPSException;

import java.util.ArrayList;
import java.util.List;

/**
 * Publishes parts to AMPS as two publishers. What is not confirmed is in a publish store; whenever
 * the publisher logs on, the client sends it again, and the server drops what it has already.
 */
public final class AmpsFeeder implements PartWriter {

    private static final int PORTION = 40;

    private final List<Publisher> publishers = new ArrayList<>();

    /**
     * @param uri of the server itself and not through what the job uses, with user and password if
     *     it wants them
     */
    public AmpsFeeder(String uri, OrderBook book) {
        for (int index = 0; index < AmpsInput.PUBLISHERS.size(); index++) {
            publishers.add(new Publisher(uri, book, index));
        }
    }

    /** The size of the bodies of what is published for the first orders. */
    public static long bytesOf(OrderBook book, long orders) {
        long bytes = 0;
        for (long order = 0; order < orders; order++) {
            bytes += PartText.json(book.part(Origin.AMPS, order)).length();
        }
        return bytes;
    }

    @Override
    public Origin origin() {
        return Origin.AMPS;
    }

    @Override
    public int portion() {
        return PORTION;
    }

    @Override
    public void write(long from, long to) throws AMPSException {
        for (Publisher publisher : publishers) {
            publisher.publish(to);
        }
    }

    @Override
    public void confirm() throws AMPSException {
        for (Publisher publisher : publishers) {
            publisher.flush();
        }
    }

    @Override
    public void close() {
        publishers.forEach(Publisher::disconnect);
    }

    private static final class Publisher {

        private static final int STORED = 10_000;
        private static final long TIMEOUT_MILLIS = 3_000;
        private static final long UNKNOWN = -1;

        private final String uri;
        private final OrderBook book;
        private final int index;
        private final MemoryPublishStore store;
        private Client client;
        private long firstSequence = UNKNOWN;

        Publisher(String uri, OrderBook book, int index) {
            this.uri = uri;
            this.book = book;
            this.index = index;
            this.store = newStore();
        }

        private static MemoryPublishStore newStore() {
            try {
                return new MemoryPublishStore(STORED);
            } catch (AMPSException e) {
                throw new IllegalStateException("Could not make a publish store.", e);
            }
        }

        void publish(long to) throws AMPSException {
            try {
                if (client == null) {
                    connect();
                }
                for (long order = orderOf(nextNumber()); order < to; order += publishers()) {
                    client.publish(AmpsInput.TOPIC, PartText.json(book.part(Origin.AMPS, order)));
                }
            } catch (AMPSException | RuntimeException e) {
                disconnect();
                throw e;
            }
        }

        void flush() throws AMPSException {
            try {
                if (client == null) {
                    connect();
                }
                client.publishFlush(TIMEOUT_MILLIS);
            } catch (AMPSException | RuntimeException e) {
                disconnect();
                throw e;
            }
        }

        private void connect() throws AMPSException {
            client = new Client(AmpsInput.PUBLISHERS.get(index));
            client.setPublishStore(store);
            client.connect(uri);
            client.logon(TIMEOUT_MILLIS);
            if (firstSequence == UNKNOWN) {
                firstSequence = store.getLastPersisted() + 1;
            }
        }

        /** The first one that the store has not got yet. */
        private long nextNumber() throws AMPSException {
            return store.getLastPersisted() + store.unpersistedCount() + 1 - firstSequence;
        }

        private long orderOf(long number) {
            return number * publishers() + index;
        }

        private static int publishers() {
            return AmpsInput.PUBLISHERS.size();
        }

        void disconnect() {
            if (client != null) {
                client.close();
                client = null;
            }
        }
    }
}
