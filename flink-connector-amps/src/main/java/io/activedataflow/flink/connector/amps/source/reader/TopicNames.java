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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.client.ByteSlice;

import org.apache.flink.annotation.Internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The names of topics as text, made once for each topic; a run of messages of one topic does not
 * even look further than the last one. One thread.
 */
@Internal
final class TopicNames {

    /** Beyond so many topics the names are made anew, so that memory stays bounded. */
    private static final int MAX_NAMES = 16 * 1024;

    private byte[][] bytes = new byte[16][];
    private String[] names = new String[16];
    private int size;
    private byte[] lastBytes = new byte[0];
    private String last = "";

    /** The name; the same object for the same bytes. Empty if the topic is absent. */
    String nameOf(ByteSlice topic) {
        int from = topic.offset();
        int to = from + Math.max(0, topic.length());
        if (!Arrays.equals(lastBytes, 0, lastBytes.length, topic.array(), from, to)) {
            find(topic.array(), from, to);
        }
        return last;
    }

    private void find(byte[] array, int from, int to) {
        int slot = home(array, from, to);
        while (bytes[slot] != null) {
            if (Arrays.equals(bytes[slot], 0, bytes[slot].length, array, from, to)) {
                lastBytes = bytes[slot];
                last = names[slot];
                return;
            }
            slot = (slot + 1) & (bytes.length - 1);
        }
        add(Arrays.copyOfRange(array, from, to));
    }

    private void add(byte[] name) {
        lastBytes = name;
        last = new String(name, StandardCharsets.UTF_8);
        if (size == MAX_NAMES) {
            bytes = new byte[16][];
            names = new String[16];
            size = 0;
        } else if (2 * size >= bytes.length) {
            grow();
        }
        put(lastBytes, last);
    }

    private void grow() {
        byte[][] oldBytes = bytes;
        String[] oldNames = names;
        bytes = new byte[2 * oldBytes.length][];
        names = new String[2 * oldNames.length];
        size = 0;
        for (int slot = 0; slot < oldBytes.length; slot++) {
            if (oldBytes[slot] != null) {
                put(oldBytes[slot], oldNames[slot]);
            }
        }
    }

    private void put(byte[] name, String text) {
        int slot = home(name, 0, name.length);
        while (bytes[slot] != null) {
            slot = (slot + 1) & (bytes.length - 1);
        }
        bytes[slot] = name;
        names[slot] = text;
        size++;
    }

    private int home(byte[] array, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + array[i];
        }
        return (hash ^ (hash >>> 16)) & (bytes.length - 1);
    }
}
