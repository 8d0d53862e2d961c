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

package io.activedataflow.flink.connector.e2e.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Asks for the same entries as the others and looks at nothing but the number of entries in the
 * head of a reply and the ID at its end: what remains is the cost of the server and of the sockets.
 */
final class SocketDrain implements Contestant {

    private static final int SILENCE_MILLIS = 60_000;
    private static final String LINE_END = "\r\n";

    private final String host;
    private final int port;
    private final Dataset dataset;

    SocketDrain(String host, int port, Dataset dataset) {
        this.host = host;
        this.port = port;
        this.dataset = dataset;
    }

    @Override
    public void run(Meter meter) throws IOException {
        byte[] entry = ascii(entry(0));
        int idOffset = new String(entry, StandardCharsets.US_ASCII).indexOf(id(0));
        int idLength = id(0).length();
        byte[] request = ascii(request());
        byte[] head = ascii(head(COUNT));
        byte[] reply = new byte[head.length + COUNT * entry.length];
        try (Socket socket = new Socket(host, port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(SILENCE_MILLIS);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            for (long read = 0; read < dataset.entries(); ) {
                int length = reply.length;
                int count = COUNT;
                if (dataset.entries() - read < COUNT) {
                    count = (int) (dataset.entries() - read);
                    head = ascii(head(count));
                    length = head.length + count * entry.length;
                }
                out.write(request);
                in.readFully(reply, 0, length);
                check(reply, head);
                if (read == 0) {
                    meter.count(1, "");
                }
                read += count;
                System.arraycopy(
                        reply,
                        length - entry.length + idOffset,
                        request,
                        request.length - idLength - LINE_END.length(),
                        idLength);
                if (read == dataset.entries()) {
                    meter.count(read, last(reply, length, entry.length));
                }
            }
        }
    }

    private static String last(byte[] reply, int length, int entryLength) {
        return new String(reply, length - entryLength, entryLength, StandardCharsets.US_ASCII);
    }

    private static void check(byte[] reply, byte[] head) {
        for (int i = 0; i < head.length; i++) {
            if (reply[i] != head[i]) {
                throw new IllegalStateException(
                        "The reply begins with "
                                + new String(reply, 0, head.length, StandardCharsets.US_ASCII));
            }
        }
    }

    private String request() {
        StringBuilder text = new StringBuilder("*8" + LINE_END);
        for (String word :
                new String[] {
                    "XREAD",
                    "COUNT",
                    Integer.toString(COUNT),
                    "BLOCK",
                    Integer.toString(BLOCK_MILLIS),
                    "STREAMS",
                    dataset.key(),
                    id(-1)
                }) {
            text.append(bulk(word));
        }
        return text.toString();
    }

    private String head(int count) {
        return "*1" + LINE_END + "*2" + LINE_END + bulk(dataset.key()) + '*' + count + LINE_END;
    }

    private String entry(long n) {
        StringBuilder text = new StringBuilder("*2" + LINE_END + bulk(id(n)));
        text.append('*').append(2 * dataset.fields()).append(LINE_END);
        String value = "x".repeat(Dataset.VALUE_BYTES / dataset.fields());
        for (String name : dataset.fieldNames()) {
            text.append(bulk(name)).append(bulk(value));
        }
        return text.toString();
    }

    private String id(long n) {
        return dataset.id(n).toString();
    }

    private static String bulk(String word) {
        return "$" + word.length() + LINE_END + word + LINE_END;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
