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

import io.activedataflow.flink.connector.amps.standin.sow.SowRecord;

import java.util.List;

/**
 * How records of the state of the world look to one client.
 *
 * @param reading selects the fields
 * @param bookmark whether the bookmark of the last message is told, if that is logged
 * @param timestamp whether the time of the last message is told
 * @param sowKey whether the key is told
 */
record SowFrames(Reading reading, boolean bookmark, boolean timestamp, boolean sowKey) {

    static SowFrames of(Reading reading, SubscribeOptions options) {
        return new SowFrames(
                reading,
                options.has("bookmark"),
                options.has("timestamp"),
                !options.has("no_sowkey"));
    }

    /** Appends a frame of an answer: one header for all, then header and body of each record. */
    void append(FrameBuffer frame, String queryId, String topic, List<SowRecord> records) {
        frame.begin();
        frame.append(
                        HeaderBuilder.command("sow")
                                .add("query_id", queryId)
                                .add("t", topic)
                                .addUnsigned("bs", records.size())
                                .open())
                .append('}');
        for (SowRecord row : records) {
            Body body = reading.select(Body.of(row.body()));
            frame.append('{');
            if (sowKey) {
                frame.append("\"k\":\"").append(HeaderBuilder.escape(row.key())).append("\",");
            }
            frame.append("\"l\":").appendUnsigned(body.length());
            appendProperties(frame, row);
            frame.append('}').append(body.array(), body.offset(), body.length());
        }
        frame.end();
    }

    /** A frame with an updated record. */
    byte[] publish(String topic, String subId, SowRecord row, byte[] body) {
        FrameBuffer frame = open("p", topic, subId, null, row, body);
        if (row.user() != null) {
            frame.append(",\"user_id\":\"").append(HeaderBuilder.escape(row.user())).append('"');
        }
        return closed(frame, body);
    }

    /** A frame that tells that a record is out of focus. */
    byte[] outOfFocus(String topic, String subId, String reason, SowRecord row) {
        return closed(open("oof", topic, subId, reason, row, row.body()), row.body());
    }

    private FrameBuffer open(
            String command, String topic, String subId, String reason, SowRecord row, byte[] body) {
        FrameBuffer frame = new FrameBuffer(body.length + 192);
        frame.begin();
        frame.append(
                HeaderBuilder.command(command)
                        .add("t", topic)
                        .add("sids", subId)
                        .add("reason", reason)
                        .add("k", sowKey ? row.key() : null)
                        .open());
        appendProperties(frame, row);
        return frame;
    }

    private byte[] closed(FrameBuffer frame, byte[] whole) {
        Body body = reading.select(Body.of(whole));
        frame.append('}').append(body.array(), body.offset(), body.length());
        frame.end();
        return frame.toBytes();
    }

    private void appendProperties(FrameBuffer frame, SowRecord row) {
        if (bookmark && row.bookmark() != null) {
            frame.append(",\"bm\":\"").append(row.bookmark()).append('"');
        }
        if (timestamp) {
            frame.append(",\"ts\":\"");
            Timestamps.append(row.timestampMicros(), frame);
            frame.append('"');
        }
        if (row.correlationId() != null) {
            frame.append(",\"x\":\"").append(HeaderBuilder.escape(row.correlationId())).append('"');
        }
    }
}
