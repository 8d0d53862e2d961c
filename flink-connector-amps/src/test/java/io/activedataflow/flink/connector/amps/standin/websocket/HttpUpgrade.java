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

package io.activedataflow.flink.connector.amps.standin.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The server's part of the opening handshake of RFC 6455. */
final class HttpUpgrade {

    private static final int MAX_HEAD = 16 << 10;
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private HttpUpgrade() {}

    /**
     * Reads the request of the client and accepts it, whatever path it asks for.
     *
     * @return the path
     * @throws IOException if it is not a request for WebSocket, which the client has been told
     */
    static String accept(InputStream in, OutputStream out) throws IOException {
        String[] lines = head(in).split("\r\n", -1);
        Map<String, String> headers = headers(lines);
        String key = headers.get("sec-websocket-key");
        if (!lines[0].matches("GET \\S+ HTTP/1\\.1")
                || !"websocket".equalsIgnoreCase(headers.get("upgrade"))
                || !"13".equals(headers.get("sec-websocket-version"))
                || key == null) {
            send(out, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            throw new IOException("Not a request for WebSocket: " + lines[0]);
        }
        send(
                out,
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: "
                        + acceptance(key)
                        + "\r\n\r\n");
        return lines[0].split(" ")[1];
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The request for WebSocket is not complete.");
            }
            if (head.length() == MAX_HEAD) {
                throw new IOException("The request for WebSocket is too long.");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /** What proves to the client that its request was understood. */
    static String acceptance(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder()
                    .encodeToString(
                            digest.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each JDK has SHA-1.", e);
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
