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
 * Publishes parts to AMPS as two publishers. When a publisher logs on, the server tells how far it
 * has got, and it goes on from there; the sequence of a message follows from its number.
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

        private final String uri;
        private final OrderBook book;
        private final int index;
        private Client client;
        private long nextNumber;

        Publisher(String uri, OrderBook book, int index) {
            this.uri = uri;
            this.book = book;
            this.index = index;
        }

        void publish(long to) throws AMPSException {
            try {
                if (client == null) {
                    connect();
                }
                for (long order = orderOf(nextNumber); order < to; order = orderOf(nextNumber)) {
                    client.publish(AmpsInput.TOPIC, PartText.json(book.part(Origin.AMPS, order)));
                    nextNumber++;
                }
            } catch (AMPSException | RuntimeException e) {
                disconnect();
                throw e;
            }
        }

        void flush() throws AMPSException {
            try {
                client.publishFlush(TIMEOUT_MILLIS);
            } catch (AMPSException | RuntimeException e) {
                disconnect();
                throw e;
            }
        }

        private void connect() throws AMPSException {
            client = new Client(AmpsInput.PUBLISHERS.get(index));
            MemoryPublishStore store = new MemoryPublishStore(STORED);
            client.setPublishStore(store);
            client.connect(uri);
            client.logon(TIMEOUT_MILLIS);
            nextNumber = store.getLastPersisted();
        }

        private long orderOf(long number) {
            return number * AmpsInput.PUBLISHERS.size() + index;
        }

        void disconnect() {
            if (client != null) {
                client.close();
                client = null;
            }
        }
    }
}
