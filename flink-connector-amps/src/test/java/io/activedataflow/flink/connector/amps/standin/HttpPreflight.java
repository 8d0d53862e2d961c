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

package io.activedataflow.flink.connector.amps.standin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Input of a connection that may begin with an HTTP request to upgrade, as clients with the URI
 * option {@code http_preflight} send it. It is answered and left out. Read by one thread.
 */
final class HttpPreflight extends InputStream {

    private static final byte[] REQUEST = "GET ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANSWER =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: tcp\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final int END_OF_HEAD = 0x0d0a0d0a;

    private final PushbackInputStream in;
    private final OutputStream out;
    private boolean begun;

    HttpPreflight(InputStream in, OutputStream out) {
        this.in = new PushbackInputStream(in, REQUEST.length);
        this.out = out;
    }

    @Override
    public int read() throws IOException {
        begin();
        return in.read();
    }

    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
        begin();
        return in.read(array, offset, length);
    }

    private void begin() throws IOException {
        if (begun) {
            return;
        }
        begun = true;
        byte[] first = in.readNBytes(REQUEST.length);
        if (!Arrays.equals(first, REQUEST)) {
            in.unread(first);
            return;
        }
        int last = 0;
        while (last != END_OF_HEAD) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            last = last << 8 | next;
        }
        out.write(ANSWER);
        out.flush();
    }
}
