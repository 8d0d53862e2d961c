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

package io.activedataflow.flink.connector.amps.client;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.time.Instant;

/**
 * Reads the times that servers put on messages, such as {@code 20260102T030405.678901Z}: UTC, with
 * up to nine digits of a second's fraction or none, and with or without the {@code Z}. Allocates
 * nothing.
 */
@Internal
public final class ServerTimestamps {

    /** Stands for a time that is absent or cannot be read. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /** The length of a time without its fraction. */
    public static final int SECONDS_LENGTH = "20260102T030405".length();

    private static final int MICROS_DIGITS = 6;
    private static final int MAX_FRACTION_DIGITS = 9;
    private static final long MICROS = 1_000_000L;

    private ServerTimestamps() {}

    /** Microseconds since the epoch, or {@link #UNKNOWN}. */
    public static long parse(ByteSlice text) {
        return text.isPresent() ? parse(text.array(), text.offset(), text.length()) : UNKNOWN;
    }

    /** Microseconds since the epoch, finer parts cut off, or {@link #UNKNOWN}. */
    public static long parse(byte[] text, int offset, int length) {
        int end = offset + length;
        if (length > 0 && text[end - 1] == 'Z') {
            end--;
        }
        if (end - offset < SECONDS_LENGTH || text[offset + 8] != 'T') {
            return UNKNOWN;
        }
        int year = number(text, offset, 4);
        int month = number(text, offset + 4, 2);
        int day = number(text, offset + 6, 2);
        int hour = number(text, offset + 9, 2);
        int minute = number(text, offset + 11, 2);
        int second = number(text, offset + 13, 2);
        long fraction = fractionMicros(text, offset + SECONDS_LENGTH, end);
        if (year < 0
                || !isMonth(month)
                || !isDay(year, month, day)
                || !isTime(hour, minute, second)
                || fraction < 0) {
            return UNKNOWN;
        }
        long seconds = epochDay(year, month, day) * 86_400 + hour * 3600L + minute * 60L + second;
        return seconds * MICROS + fraction;
    }

    /** The time as an instant; null if it is {@link #UNKNOWN}. */
    @Nullable
    public static Instant toInstant(long micros) {
        return micros == UNKNOWN
                ? null
                : Instant.ofEpochSecond(
                        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000L);
    }

    private static boolean isMonth(int month) {
        return month >= 1 && month <= 12;
    }

    private static boolean isDay(int year, int month, int day) {
        return day >= 1 && day <= daysOf(year, month);
    }

    private static int daysOf(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private static boolean isTime(int hour, int minute, int second) {
        return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    }

    /**
     * The micros of {@code .678901}; 0 if there is nothing; negative if there is something else.
     */
    public static long fractionMicros(byte[] text, int offset, int end) {
        if (offset == end) {
            return 0;
        }
        int digits = end - offset - 1;
        if (text[offset] != '.' || digits < 1 || digits > MAX_FRACTION_DIGITS) {
            return -1;
        }
        long micros = number(text, offset + 1, Math.min(digits, MICROS_DIGITS));
        if (digits > MICROS_DIGITS
                && number(text, offset + 1 + MICROS_DIGITS, digits - MICROS_DIGITS) < 0) {
            return -1;
        }
        for (int i = digits; i < MICROS_DIGITS && micros > 0; i++) {
            micros *= 10;
        }
        return micros;
    }

    /** The number that these digits are, or -1 if one is no digit. */
    private static int number(byte[] text, int offset, int digits) {
        int number = 0;
        for (int i = offset; i < offset + digits; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Days since 1970-01-01, counted in years that begin in March, so that leap days come last. */
    private static long epochDay(int year, int month, int day) {
        long y = month > 2 ? year : year - 1L;
        long era = Math.floorDiv(y, 400L);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }
}
