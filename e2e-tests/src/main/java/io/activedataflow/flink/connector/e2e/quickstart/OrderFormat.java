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

package io.activedataflow.flink.connector.e2e.quickstart;

/**
 * How an order is written in a file, right or wrong. The customers of some have left a note, which
 * may be of two lines.
 */
enum OrderFormat {
    CSV("csv", "order,customer,note\n") {

        @Override
        String right(long order) {
            String note = noteOf(order);
            return csv(order, customer(order), note.equals(NO_NOTE) ? note : '"' + note + '"');
        }

        @Override
        String ofWrongType(long order) {
            return csv(order, "somebody", NO_NOTE);
        }

        @Override
        String tooShort(long order) {
            return csv(order);
        }

        @Override
        String neverClosed(long order) {
            return csv(order, customer(order), "\"ring twice");
        }
    },

    JSON_LINES("jsonl", "") {

        @Override
        String right(long order) {
            return json(order, customer(order), noteOf(order).replace("\n", "\\n"));
        }

        @Override
        String ofWrongType(long order) {
            return json(order, "\"somebody\"", NO_NOTE);
        }

        @Override
        String tooShort(long order) {
            return "{\"order\":" + order + "}\n";
        }

        @Override
        String neverClosed(long order) {
            return "{\"order\":" + order + ",\"customer\":\n";
        }
    };

    private static final String NO_NOTE = "none";

    private final String suffix;
    private final String header;

    OrderFormat(String suffix, String header) {
        this.suffix = suffix;
        this.header = header;
    }

    /** What the names of files of this format end with, without the dot. */
    String suffix() {
        return suffix;
    }

    /** What files of this format begin with. */
    String header() {
        return header;
    }

    /** The order, with the line break that ends it. */
    abstract String right(long order);

    /** Something that was to be this order, and is broken in one way or another. */
    String broken(long order) {
        return switch ((int) (order / Orders.BROKEN_EVERY % 3)) {
            case 0 -> ofWrongType(order);
            case 1 -> tooShort(order);
            default -> neverClosed(order);
        };
    }

    abstract String ofWrongType(long order);

    abstract String tooShort(long order);

    abstract String neverClosed(long order);

    private static String noteOf(long order) {
        return switch ((int) (order % 5)) {
            case 0 -> "leave it\nat the back door";
            case 1 -> "by noon, please";
            default -> NO_NOTE;
        };
    }

    private static String customer(long order) {
        return Integer.toString(Orders.customerOf(order));
    }

    private static String csv(long order, String... others) {
        StringBuilder line = new StringBuilder().append(order);
        for (String field : others) {
            line.append(',').append(field);
        }
        return line.append('\n').toString();
    }

    private static String json(long order, String customer, String note) {
        return "{\"order\":"
                + order
                + ",\"customer\":"
                + customer
                + ",\"note\":\""
                + note
                + "\"}\n";
    }
}
