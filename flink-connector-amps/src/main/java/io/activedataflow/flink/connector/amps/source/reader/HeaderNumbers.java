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

import io.activedataflow.flink.connector.amps.client.AmpsDelivery;
import io.activedataflow.flink.connector.amps.client.ByteSlice;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.apache.flink.annotation.Internal;

import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.Arrays;

/**
 * The numbers in the header of a message, read without making objects. Re-used for every message;
 * one thread. What is malformed counts as absent.
 */
@Internal
final class HeaderNumbers {

    private static final int MAX_ID_BYTES = 21;

    /** {@code yyyyMMddTHHmmss}. */
    private static final int SECONDS_LENGTH = 15;

    private static final int DATE_LENGTH = 8;
    private static final int FRACTION_DIGITS = 6;

    private final UnsignedNumber number = new UnsignedNumber();

    private boolean hasBookmark;
    private long publisherId;
    private long sequence;
    private long timestampMicros = ReplayPosition.UNKNOWN_TIME;

    /** The digits of {@link #lastId} and the bar; runs of messages have the same publisher. */
    private final byte[] lastIdBytes = new byte[MAX_ID_BYTES];

    private int lastIdLength;
    private long lastId;

    private final byte[] lastDate = "19700101".getBytes(StandardCharsets.US_ASCII);
    private long lastEpochDay;

    void read(AmpsDelivery message) {
        ByteSlice bookmark = message.bookmark();
        hasBookmark =
                bookmark.isPresent()
                        && readBookmark(bookmark.array(), bookmark.offset(), bookmark.length());
        ByteSlice timestamp = message.timestamp();
        timestampMicros =
                timestamp.isPresent()
                        ? readTimestamp(timestamp.array(), timestamp.offset(), timestamp.length())
                        : ReplayPosition.UNKNOWN_TIME;
    }

    boolean hasBookmark() {
        return hasBookmark;
    }

    /** Unsigned; only if there is a bookmark. */
    long publisherId() {
        return publisherId;
    }

    /** Unsigned; only if there is a bookmark. */
    long sequence() {
        return sequence;
    }

    /** In microseconds since the epoch, or {@link ReplayPosition#UNKNOWN_TIME}. */
    long timestampMicros() {
        return timestampMicros;
    }

    /** Reads {@code <publisherId>|<sequence>|}; the last bar may be missing. */
    private boolean readBookmark(byte[] array, int from, int length) {
        int end = from + length;
        int sequenceStart = from + lastIdLength;
        if (lastIdLength == 0
                || length < lastIdLength
                || !Arrays.equals(lastIdBytes, 0, lastIdLength, array, from, sequenceStart)) {
            int bar = number.read(array, from, end);
            if (bar == UnsignedNumber.NONE || bar == end || array[bar] != '|') {
                return false;
            }
            sequenceStart = bar + 1;
            lastId = number.value();
            lastIdLength = sequenceStart - from <= MAX_ID_BYTES ? sequenceStart - from : 0;
            System.arraycopy(array, from, lastIdBytes, 0, lastIdLength);
        }
        int last = number.read(array, sequenceStart, end);
        if (last == UnsignedNumber.NONE || last < end - 1 || (last < end && array[last] != '|')) {
            return false;
        }
        publisherId = lastId;
        sequence = number.value();
        return true;
    }

    /** Reads {@code yyyyMMddTHHmmss}, which may have a fraction and a {@code Z}; always UTC. */
    private long readTimestamp(byte[] array, int from, int length) {
        int end = length > 0 && array[from + length - 1] == 'Z' ? from + length - 1 : from + length;
        if (end - from < SECONDS_LENGTH || array[from + DATE_LENGTH] != 'T') {
            return ReplayPosition.UNKNOWN_TIME;
        }
        int hour = twoDigits(array, from + 9);
        int minute = twoDigits(array, from + 11);
        int second = twoDigits(array, from + 13);
        int micros = fraction(array, from + SECONDS_LENGTH, end);
        boolean isTime = inRange(hour, 24) && inRange(minute, 60) && inRange(second, 60);
        if (!isTime || micros < 0 || !readDate(array, from)) {
            return ReplayPosition.UNKNOWN_TIME;
        }
        long seconds = lastEpochDay * 86_400L + hour * 3600L + minute * 60L + second;
        return seconds * 1_000_000L + micros;
    }

    private boolean readDate(byte[] array, int from) {
        if (Arrays.equals(lastDate, 0, DATE_LENGTH, array, from, from + DATE_LENGTH)) {
            return true;
        }
        int century = twoDigits(array, from);
        int yearOfCentury = twoDigits(array, from + 2);
        int month = twoDigits(array, from + 4);
        int day = twoDigits(array, from + 6);
        if (century < 0 || yearOfCentury < 0 || month < 1 || month > 12 || day < 1) {
            return false;
        }
        YearMonth yearMonth = YearMonth.of(100 * century + yearOfCentury, month);
        if (!yearMonth.isValidDay(day)) {
            return false;
        }
        lastEpochDay = yearMonth.atDay(day).toEpochDay();
        System.arraycopy(array, from, lastDate, 0, DATE_LENGTH);
        return true;
    }

    /** The microseconds in {@code .ffffff}, with any number of digits, or -1. */
    private static int fraction(byte[] array, int from, int end) {
        if (from == end) {
            return 0;
        }
        if (array[from] != '.' || from + 1 == end) {
            return -1;
        }
        int micros = 0;
        for (int i = from + 1; i < end; i++) {
            int digit = array[i] - '0';
            if (!inRange(digit, 10)) {
                return -1;
            }
            if (i <= from + FRACTION_DIGITS) {
                micros = 10 * micros + digit;
            }
        }
        for (int digits = end - from - 1; digits < FRACTION_DIGITS; digits++) {
            micros *= 10;
        }
        return micros;
    }

    /** A number of two digits, or -1. */
    private static int twoDigits(byte[] array, int from) {
        int tens = array[from] - '0';
        int ones = array[from + 1] - '0';
        return inRange(tens, 10) && inRange(ones, 10) ? 10 * tens + ones : -1;
    }

    private static boolean inRange(int value, int end) {
        return value >= 0 && value < end;
    }
}
